import { useState } from 'react';
import { Button } from '@/components/Button';
import { Kbd } from '@/components/Kbd';
import { SelectionBar } from '@/components/KeyBar';
import { type IncidentBrief, type IncidentVerb, useMay, type VerbInput } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { count } from '@/lib/words';
import { AssignDialog } from '../verbs/AssignDialog';
import { HoldDialog } from '../verbs/HoldDialog';
import { outcomeWords, runOnEach } from '../verbs/many';
import { useReadAgain } from '../writes';

interface Props {
  selected: readonly IncidentBrief[];
  onClear: () => void;
}

type Asking = 'assign' | 'hold' | null;

const refusal = 'You may look but not change this. Ask an ITSM manager.';

/** The verbs for what is selected; what can be taken back offers Undo. */
export function SelectionVerbs({ selected, onClear }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const readAgain = useReadAgain();
  const may = {
    acknowledge: useMay('incidents.acknowledge'),
    assign: useMay('incidents.assign'),
    hold: useMay('incidents.hold'),
  };
  const refs = selected.map(({ id }) => id);
  const what = refs.length === 1 ? (refs[0] ?? '') : count(refs.length, 'incident');

  async function run(verb: IncidentVerb, body: VerbInput = {}) {
    setAsking(null);
    setBusy(true);
    const outcome = await runOnEach(refs, verb, () => body);
    setBusy(false);
    const words = outcomeWords(outcome);
    if (words.done) toast(words.done, { undo: undoOf(outcome.verb, outcome.done) });
    if (words.refused) toast(words.refused, { tone: 'failed' });
    if (outcome.refused.length === 0) onClear();
    await readAgain();
  }

  function undoOf(verb: IncidentVerb, done: readonly string[]) {
    if (verb !== 'assign' && verb !== 'hold') return undefined;
    const before = new Map(selected.map(({ id, assigned_to }) => [id, assigned_to?.id ?? null]));
    return async () => {
      const undone =
        verb === 'assign'
          ? await runOnEach(done, 'assign', (ref) => ({ assigned_to: before.get(ref) ?? null }))
          : await runOnEach(done, 'resume', () => ({}));
      const words = outcomeWords(undone);
      if (words.refused) toast(words.refused, { tone: 'failed' });
      await readAgain();
    };
  }

  const verbs = [
    { verb: 'acknowledge', keys: 'y', label: 'Acknowledge', run: () => void run('acknowledge') },
    { verb: 'assign', keys: 'a', label: 'Assign', run: () => setAsking('assign') },
    { verb: 'hold', keys: 'h', label: 'Hold', run: () => setAsking('hold') },
  ] as const;

  useKeys(
    verbs.map(({ verb, keys, label, run: act }) => ({
      keys,
      label: `${label} the selection`,
      refused: may[verb] ? null : refusal,
      run: act,
    })),
  );

  return (
    <>
      <SelectionBar
        count={selected.length}
        onClear={onClear}
        note={
          <>
            Assign and hold can be undone with <Kbd keys="z" />
          </>
        }
      >
        {verbs.map(({ verb, keys, label, run: act }) => (
          <Button
            key={verb}
            keys={keys}
            onClick={act}
            busy={busy}
            refused={may[verb] ? null : refusal}
          >
            {label}
          </Button>
        ))}
      </SelectionBar>
      <AssignDialog
        opened={asking === 'assign'}
        onClose={() => setAsking(null)}
        what={what}
        onPick={(assigned_to) => void run('assign', { assigned_to })}
      />
      <HoldDialog
        opened={asking === 'hold'}
        onClose={() => setAsking(null)}
        what={what}
        onPick={(pending_reason) => void run('hold', { pending_reason })}
      />
    </>
  );
}
