/**
 * Where the site's own copy of a published .gz file may lie: as it is, or unpacked by whoever put it there, whose content is
 * as good.
 * @param path from the site's root
 * @param baseUrl base path or address of the site, with or without a slash at its end
 */
export function ownCopies(path: string, baseUrl = '/'): string[] {
  const own = `${baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`}${path}`;
  return [own, own.replace(/\.gz$/, '')];
}
