/** What every page does for its reader, beside its text. */
import { showCards } from '../overview/cards.ts';
import { followReading } from '../overview/followReading.ts';
import { offerWayBack } from '../overview/jumpBack.ts';
import { searchOnKey } from '../overview/searchOnKey.ts';
import { copyFormulasAsTex } from './copyFormulas.ts';
import { followTranslation } from './followTranslation.ts';
import { offerFormulas } from './formulaTools.ts';
import { keepPlace } from './keepPlace.ts';

copyFormulasAsTex();
followTranslation();
const chapter = document.querySelector<HTMLElement>('article[data-chapter]');
// Before the others: a tap that shows a card is no jump.
if (chapter) showCards();
keepPlace();
if (document.querySelector('.bar')) searchOnKey();
if (chapter) {
  offerWayBack();
  offerFormulas();
  followReading(chapter);
}
