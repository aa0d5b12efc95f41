/** How many particles lie on the shape. */

/** The share of a cloud within `radius` of one of the centres; both x and y in turn. */
export function shareNear(
  cloud: ArrayLike<number>,
  centres: ArrayLike<number>,
  radius: number,
): number {
  let near = 0;
  for (let i = 0; i < cloud.length; i += 2) {
    for (let k = 0; k < centres.length; k += 2) {
      if ((cloud[i] - centres[k]) ** 2 + (cloud[i + 1] - centres[k + 1]) ** 2 > radius * radius)
        continue;
      near++;
      break;
    }
  }
  return (2 * near) / cloud.length;
}
