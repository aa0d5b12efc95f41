import { FLOW_CODES, type FlowCodeName } from '../../../../lib/math/process/flowCodes.ts';
import type { FlowAnswers } from '../../../../lib/plots/straight-paths/flowConverter.ts';
import { printNumber } from '../../../../lib/words/printNumber.ts';
import type { FlowConverterWords } from './words.ts';

const three = (value: number) => printNumber(value, 3);

interface Props {
  answers: FlowAnswers;
  xt: number;
  words: FlowConverterWords;
}

interface Row {
  name: string;
  when: string;
  sees: string;
  answers: string;
}

/** A row for each code, and for the chain and EDM where they are as noisy. */
export function NamesTable({ answers, xt, words: say }: Props) {
  const { codes, chain, edm } = answers;
  const rows = (Object.keys(FLOW_CODES) as FlowCodeName[]).map((name): Row => {
    const { clock, told, answer } = codes[name];
    const code = FLOW_CODES[name];
    return {
      name: code.name,
      when: code.told === 1 ? three(clock) : say.toldAs(three(clock), three(told)),
      sees: three(xt),
      answers: (code.data === 0 ? say.forward : say.backward)(three(answer)),
    };
  });
  rows.push(
    {
      name: say.chain,
      when: three(chain.t),
      sees: three(chain.x),
      answers: say.chainAnswer(three(answers.epsilon), three(chain.v), three(chain.score)),
    },
    {
      name: say.edm,
      when: say.edmTime(three(edm.sigma)),
      sees: three(edm.x),
      answers: say.edmAnswer(three(answers.x0)),
    },
  );
  return (
    <section class="table flow-names" aria-label={say.tableLabel} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.columns.who}</th>
            <th scope="col">{say.columns.when}</th>
            <th scope="col">{say.columns.sees}</th>
            <th scope="col">{say.columns.answers}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, when, sees, answers: said }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{when}</td>
              <td>{sees}</td>
              <td>{said}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
