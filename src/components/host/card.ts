import { inEnglish } from '../language/inEnglish.ts';
import Card from './Card.tsx';
import { en } from './words.ts';

export default inEnglish(Card, en);
