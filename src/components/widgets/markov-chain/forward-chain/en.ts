import { inEnglish } from '../../../language/inEnglish.ts';
import ForwardChain from './ForwardChain.tsx';

export default inEnglish(ForwardChain);
