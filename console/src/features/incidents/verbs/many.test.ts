import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/lib/api';
import { sampleDetail } from '../samples';
import { outcomeWords, runOnEach } from './many';

const refusing =
  (refused: string) =>
  async ({ ref }: { ref: string }) => {
    if (ref === refused) {
      throw new ApiProblem({ status: 409, detail: 'Cannot hold: the incident is closed.' });
    }
    return sampleDetail({ id: ref });
  };

describe('a verb on several incidents', () => {
  it('goes on after a refusal and tells both', async () => {
    const outcome = await runOnEach(['A', 'B', 'C'], 'hold', () => ({}), refusing('B'));
    expect(outcome.done).toEqual(['A', 'C']);
    expect(outcomeWords(outcome)).toEqual({
      done: '2 incidents put on hold',
      refused: 'B not put on hold: Cannot hold: the incident is closed.',
    });
  });

  it('names the one it was done to', async () => {
    const outcome = await runOnEach(['A'], 'acknowledge', () => ({}), refusing(''));
    expect(outcomeWords(outcome)).toEqual({ done: 'A acknowledged' });
  });
});
