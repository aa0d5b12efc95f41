import { inEnglish } from '../../../language/inEnglish.ts';
import FlowPlane from './FlowPlane.tsx';
import { en } from './words.ts';

export default inEnglish(FlowPlane, en);
