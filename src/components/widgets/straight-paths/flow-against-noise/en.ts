import { inEnglish } from '../../../language/inEnglish.ts';
import FlowAgainstNoise from './FlowAgainstNoise.tsx';
import { en } from './words.ts';

export default inEnglish(FlowAgainstNoise, en);
