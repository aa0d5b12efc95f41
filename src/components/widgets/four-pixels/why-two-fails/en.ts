import { inEnglish } from '../../../language/inEnglish.ts';
import WhyTwoFails from './WhyTwoFails.tsx';

export default inEnglish(WhyTwoFails);
