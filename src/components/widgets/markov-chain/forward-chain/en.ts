import { inEnglish } from '../../../language/inEnglish.ts';
import ForwardChain from './ForwardChain.tsx';
import { en } from './words.ts';

export default inEnglish(ForwardChain, en);
