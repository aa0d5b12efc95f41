import { describe, expect, it } from 'vitest';
import { iframeCode } from '../../src/components/host/iframeCode.ts';
import { speaksOf } from '../../src/components/host/linked.ts';

describe('a link to the gallery', () => {
  const ids = ['exact', 'learned-vs-exact', 'four-pixels', 'kl'];
  const named = (address: string) => {
    const url = new URL(address, 'http://localhost/gallery/');
    return ids.filter((id) => speaksOf(id, ids, url));
  };
  it.each([
    ['#kl', ['kl']],
    ['?kl.mean=1', ['kl']],
    ['?four.betas=0.1,0.2', ['four-pixels']],
    // The whole name of one widget is no word of another.
    ['?exact.data=bars', ['exact']],
    ['?learned.data=two&kl.mean=1', ['learned-vs-exact', 'kl']],
    ['?backend=wasm&theme=dark', []],
    ['', []],
  ])('%s starts what it speaks of', (address, started) => {
    expect(named(address)).toEqual(started);
  });
});

describe('code to embed a widget', () => {
  it('is HTML whose address, title and height are those of the widget as it stands', () => {
    const url = 'https://book.example/embed/kl/?kl.mean=1&kl.white=0.5#kl';
    const code = iframeCode({ url, title: 'Bells & "bumps"', height: 512 });
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(code)?.[1];
    expect(code).toMatch(/^<iframe [^<>]*><\/iframe>$/);
    expect(attribute('src')).toBe('https://book.example/embed/kl/?kl.mean=1&amp;kl.white=0.5');
    expect(attribute('title')).toBe('Bells &amp; &quot;bumps&quot;');
    expect(attribute('height')).toBe('512');
  });
});
