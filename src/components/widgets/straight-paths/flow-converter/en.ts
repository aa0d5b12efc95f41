import { inEnglish } from '../../../language/inEnglish.ts';
import FlowConverter from './FlowConverter.tsx';
import { en } from './words.ts';

export default inEnglish(FlowConverter, en);
