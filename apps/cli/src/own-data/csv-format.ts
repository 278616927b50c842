import { padSequences } from '@jogak/datasets';
import type { InputFormat, TableFormat, TextFormat } from '@jogak/models';
import { buildVocabulary, type HostArray, textsToSequences, wordIndexOf } from '@jogak/ops';
import type { CsvPlan } from './csv-plan.js';
import type { CsvRows } from './csv-rows.js';

/** Words of a vocabulary, the most frequent ones. */
const mostWords = 5000;

/** Steps of every text. */
const steps = 100;

/** How inputs are prepared, as the training part alone tells: the scales of its columns, or its vocabulary. */
export function formatOf({ x: plan }: CsvPlan, { x }: CsvRows): InputFormat {
  return 'text' in plan ? textFormat(plan.text, x as readonly string[]) : tableFormat(plan.columns, x as HostArray);
}

function textFormat(column: string, texts: readonly string[]): TextFormat {
  const words = wordIndexOf(buildVocabulary(texts, { maxTokens: mostWords }));
  return { kind: 'text', steps, oneHot: null, vocabulary: Object.fromEntries(words), column };
}

function tableFormat(columns: readonly string[], { data, shape }: HostArray): TableFormat {
  const [rows = 0, width = 0] = shape;
  const mean = columns.map((_, column) => {
    let sum = 0;
    for (let i = column; i < data.length; i += width) sum += Number(data[i]);
    return sum / rows;
  });
  const deviation = columns.map((_, column) => {
    let squares = 0;
    for (let i = column; i < data.length; i += width) {
      const distance = Number(data[i]) - (mean[column] as number);
      squares += distance * distance;
    }
    // A column of one value says nothing, and stays 0.
    return Math.sqrt(squares / rows) || 1;
  });
  return { kind: 'table', columns, mean, deviation };
}

/** Rows as `prepareInput` takes them: numbers as they are, texts as ids of one length. */
export function encodeRows({ x }: CsvRows, format: InputFormat): HostArray {
  if (format.kind !== 'text') return x as HostArray;
  const words = new Map(Object.entries(format.vocabulary ?? {}));
  return padSequences(textsToSequences(x as readonly string[], words), { maxlen: format.steps });
}
