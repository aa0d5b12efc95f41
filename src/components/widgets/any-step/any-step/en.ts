import { inEnglish } from '../../../language/inEnglish.ts';
import AnyStep from './AnyStep.tsx';

export default inEnglish(AnyStep);
