import { type IncidentDetail, type IncidentVerb, sentenceOf, type VerbInput } from '@/lib/api';
import { count } from '@/lib/words';
import { runVerb } from '../writes';
import { doneWords } from './words';

export interface Outcome {
  verb: IncidentVerb;
  done: string[];
  refused: { ref: string; reason: string }[];
}

type Run = (call: { ref: string; verb: IncidentVerb; body: VerbInput }) => Promise<IncidentDetail>;

/** Runs one verb on several incidents, one after the other; a refusal does not stop the rest. */
export async function runOnEach(
  refs: readonly string[],
  verb: IncidentVerb,
  bodyOf: (ref: string) => VerbInput,
  run: Run = runVerb,
): Promise<Outcome> {
  const outcome: Outcome = { verb, done: [], refused: [] };
  for (const ref of refs) {
    try {
      await run({ ref, verb, body: bodyOf(ref) });
      outcome.done.push(ref);
    } catch (error) {
      outcome.refused.push({ ref, reason: sentenceOf(error) });
    }
  }
  return outcome;
}

const named = (refs: readonly string[]) =>
  refs.length === 1 ? (refs[0] ?? '') : count(refs.length, 'incident');

/** What happened, for toasts: "3 incidents acknowledged"; "INC0000239 not acknowledged: …". */
export function outcomeWords({ verb, done, refused }: Outcome): {
  done?: string;
  refused?: string;
} {
  const [first] = refused;
  return {
    ...(done.length && { done: `${named(done)} ${doneWords[verb]}` }),
    ...(first && {
      refused: `${named(refused.map(({ ref }) => ref))} not ${doneWords[verb]}: ${first.reason}`,
    }),
  };
}
