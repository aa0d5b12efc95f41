import { zh } from '../controls/words.zh.ts';
import { speaking } from './speaking.tsx';

/** A Chinese island: `inChinese(Ink, zh)`, the default export of `ink/zh.ts`. */
export const inChinese = speaking({ language: 'zh', controls: zh });
