import katex from 'katex';
import { katexOptions } from './katex.ts';

/** A formula as HTML, set at build with the book's macros; the same in every language. */
export const renderTex = (tex: string, displayMode = false): string =>
  katex
    .renderToString(tex, { ...katexOptions, macros: { ...katexOptions.macros }, displayMode })
    .replace('<span class="katex">', '<span class="katex" translate="no">');
