import { Pixels } from '../../../controls/Pixels.tsx';
import { FEW, type FewStepScore, WIDTHS } from './trainedWidth.ts';
import type { TrainedWidthWords } from './words.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Draws in few steps by each width: how many are wrong, how grey they are, and the first of them. */
export function FewSteps({
  scores,
  say,
}: {
  scores: readonly FewStepScore[];
  say: TrainedWidthWords;
}) {
  const at = (steps: number, width: string) =>
    scores.find((score) => score.steps === steps && score.width === width);
  return (
    <div class="few-steps">
      <p class="plot-title">{say.few}</p>
      <div class="table" tabIndex={0} role="region" aria-label={say.few}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.steps}</th>
              {WIDTHS.flatMap((width) => [
                <th key={`${width} outside`} scope="col">
                  {say.widths[width]}, {say.outside}
                </th>,
                <th key={`${width} grey`} scope="col">
                  {say.grey}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {FEW.map((steps) => (
              <tr key={steps}>
                <th scope="row">{steps}</th>
                {WIDTHS.flatMap((width) => {
                  const score = at(steps, width);
                  const of = (network: string, exact: string) =>
                    score ? `${network} (${exact})` : '…';
                  return [
                    <td key={`${width} outside`} translate={false}>
                      {score && of(percent(score.network.outside), percent(score.exact.outside))}
                    </td>,
                    <td key={`${width} grey`} translate={false}>
                      {score &&
                        of(score.network.greyness.toFixed(3), score.exact.greyness.toFixed(3))}
                    </td>,
                  ];
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{say.fewAbout}</p>
      {WIDTHS.map((width) => {
        const score = at(FEW[0], width);
        if (!score) return null;
        return (
          <div key={width}>
            <p class="note">{say.drawn(FEW[0], say.widths[width])}</p>
            <div class="modes" role="img" aria-label={say.drawn(FEW[0], say.widths[width])}>
              {score.pictures.map((image, i) => (
                <Pixels key={i} data={image} width={2} height={2} label="" />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}
