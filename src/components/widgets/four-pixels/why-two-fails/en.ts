import { inEnglish } from '../../../language/inEnglish.ts';
import WhyTwoFails from './WhyTwoFails.tsx';
import { en } from './words.ts';

export default inEnglish(WhyTwoFails, en);
