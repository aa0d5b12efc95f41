import { inEnglish } from '../../../language/inEnglish.ts';
import ModelLedger from './ModelLedger.tsx';
import { en } from './words.ts';

export default inEnglish(ModelLedger, en);
