import { describe, expect, it } from 'vitest';
import {
  bitsPerDimension,
  CORRECTION_ROWS,
  correctionValues,
  exampleTerms,
  scheduleLine,
} from '../../src/lib/math/mistakes/corrections.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { expectAbsolute, expectDigits } from './helpers.ts';

/** What the page's table prints; null where the row's other values are compared below or not at all. */
const PRINTED: Record<number, (string | null)[]> = {
  2: ['11.05', '1'],
  3: ['0.0625', '0.714049', '0.799505'],
  4: ['4.035993e-5', '2.428767e-9', '4.681917e-3', '2.571429'],
  6: [...new Array(7).fill('0.5000000'), null],
  7: ['0.848528'],
  8: ['0'],
  11: ['0.948683', '0.848528'],
  13: ['0.018965032', '0.99996', '1.492062', '1.492082'],
  15: ['0.6776274', '-0.6776274', '0.6776309', '0.267261'],
  16: ['0.325114'],
  20: ['1558.0388', '8', '4'],
  21: ['2.0689e-4', '0.948683'],
  22: ['0.28'],
  23: ['0.535186'],
  24: ['-0.550583', '-2.772589', '-3.096514'],
  25: ['-7', '-700'],
  27: ['0.316228', '0.447214', '0.01', '0.048', '0.1', '0.28', '90', '15', '9', '2.571429'],
  28: ['2.545931', '3.673003'],
  34: ['2', '5'],
  35: ['14'],
  36: ['79441', '1462897'],
  40: ['0.646027', '1.292053'],
  41: ['1', null, null],
  48: ['1', '1000'],
  49: ['0.461995', '8.310702', '0.937980', '0.689298'],
  53: ['3', '1'],
  55: ['0', '0', null],
};

const MESSAGES: Record<number, string[]> = {
  31: [
    'mat1 and mat2 shapes cannot be multiplied (1x2 and 1x16)',
    'mat1 and mat2 must have the same dtype',
  ],
  32: ['Tensors must have same number of dimensions: got 4 and 2'],
  33: [
    'runs',
    '64 channels, but got 96',
    'Expected size 6 but got size 7',
    'Expected size 2 but got size 3',
  ],
};

/** Simulated rows: the printed number and how far a simulation may be from it. */
const SIMULATED: Record<number, ([number, number] | null)[]> = {
  // In correctionRows.test.ts: the means of the table that the others come from are above their bound.
  30: [null, null, null, null],
  // ± 0.0007 is the table's own standard error.
  41: [null, [0.7056, 3 * 0.0007], null],
  54: [
    [3.345, 0.12],
    [0.841, 0.06],
    [0.168, 0.02],
  ],
};

describe('every row with a number', () => {
  it('is in one of the lists', () => {
    const listed = [PRINTED, MESSAGES, SIMULATED].flatMap((list) => Object.keys(list).map(Number));
    expect([...new Set(listed)].sort((a, b) => a - b)).toEqual([...CORRECTION_ROWS]);
  });

  it.each(Object.keys(PRINTED).map(Number))('row %i', (row) => {
    const values = correctionValues(row);
    expect(values.length).toBe(PRINTED[row].length);
    PRINTED[row].forEach((printed, i) => {
      if (printed !== null) expectDigits(values[i].value as number, printed);
    });
  });

  it.each(Object.keys(MESSAGES).map(Number))('row %i', (row) => {
    const values = correctionValues(row);
    MESSAGES[row].forEach((message, i) => {
      expect(values[i].value).toContain(message);
    });
  });

  it.each(Object.keys(SIMULATED).map(Number))('row %i, simulated', (row) => {
    const values = correctionValues(row);
    SIMULATED[row].forEach((expected, i) => {
      if (expected) expectAbsolute(values[i].value as number, expected[0], expected[1]);
    });
  });

  it('other rows are refused', () => expect(() => correctionValues(1)).toThrow(/Correction row/));
});

describe('the 2×2 example', () => {
  it.each([
    [
      'D16',
      '2.545931352',
      '0.535185684',
      '2.076514277',
      '1.515136791',
      '0.015396990',
      '0.023435604',
      '0.016604319',
      '0.646026664',
    ],
    [
      'D2',
      '2.545931352',
      '0.001929169',
      '0.026563658',
      '0.783011569',
      '3e-9',
      '0.003132046',
      '1.2322e-8',
      '0.008264249',
    ],
  ] as const)('%s', (set, ...printed) => {
    const terms = exampleTerms(set);
    const order = [
      'prior',
      'exactKernel',
      'betaTilde',
      'beta',
      'exactDecoder',
      'discretized',
      'mmse1',
      'mmse2',
    ] as const;
    order.forEach((name, i) => {
      expectDigits(terms[name], printed[i]);
    });
  });

  const columns = [
    scheduleFromBetas([0.1, 0.2]),
    makeSchedule('linear', 100),
    makeSchedule('cosine', 100),
    makeSchedule('linear', 1000),
  ];
  it.each([
    ['D16', 'exact', ['1.116831', '1.000000', '1.000000', '1.000000']],
    ['D16', 'betaTilde', ['1.672748', '1.073707', '1.038502', '1.006841']],
    ['D16', 'published', ['1.473173', '2.009643', '1.724927', '1.487183']],
    ['D2', 'exact', ['0.918946', '0.250000', '0.250000', '0.250000']],
    ['D2', 'betaTilde', ['0.927831', '0.264038', '0.259143', '0.251323']],
    ['D2', 'published', ['1.201792', '1.259589', '0.976866', '0.737121']],
  ] as const)('bits per dimension: %s, %s', (set, name, printed) => {
    columns.forEach((schedule, i) => {
      expectDigits(bitsPerDimension(set, schedule)[name], printed[i]);
    });
  });
});

describe('the schedule table', () => {
  it.each([
    ['linear', 1, '1e-4', '0.9999', '9999', '0', '0.500050005'],
    ['linear', 100, '0.00207207207', '0.897018146', '8.71044857', '0.00203459626', '0.0100812637'],
    ['linear', 500, '0.01004004', '0.0785872429', '0.0852899445', '0.0100313554', '0.00550343193'],
    ['linear', 1000, '0.02', '4.03582977e-5', '4.03599265e-5', '0.0199999835', '0.0102044935'],
    ['cosine', 1, '4.12842248e-5', '0.999958716', '24221.3272', '0', '0.500020643'],
    ['cosine', 500, '0.00314588623', '0.49384359', '0.975673885', '0.0031361999', '0.00311742971'],
    ['cosine', 1000, '0.999', '2.42876691e-9', '2.42876691e-9', '0.998997576', '499.500001'],
  ] as [kind: 'linear' | 'cosine', t: number, ...printed: string[]][])(
    '%s, t = %i',
    (kind, t, ...printed) => {
      const line = scheduleLine(kind, t);
      const order = ['beta', 'alphaBar', 'snr', 'posteriorVariance', 'weight'] as const;
      order.forEach((name, i) => {
        expectDigits(line[name], printed[i]);
      });
    },
  );
});
