import { Target } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { TextField } from '@/components/fields';
import { fieldError, type SloDetail, sentenceOf, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import styles from './objectives.module.css';
import { useSetTarget } from './queries';
import { leftUnder, lengthWords, percentWords } from './words';

const least = 90;
const most = 99.99;

interface Props {
  slo: SloDetail;
  asking: boolean;
  onAsk: (asking: boolean) => void;
}

/** The verb of the screen: promise something else, after seeing what would be left. */
export function TargetVerb({ slo, asking, onAsk }: Props) {
  const may = useMay('objectives.write');
  const refused = may ? null : 'You may look but not change this. Ask an admin.';
  const open = () => onAsk(true);
  const close = () => onAsk(false);
  useKeys([{ keys: 'o', label: 'Change the target', group: 'Do', refused, run: open }]);
  return (
    <>
      <Button icon={Target} keys="o" refused={refused} onClick={open}>
        Change the target
      </Button>
      <Dialog opened={asking} onClose={close} title={`What ${slo.name} promises`}>
        <Form slo={slo} onClose={close} />
      </Dialog>
    </>
  );
}

function Form({ slo, onClose }: { slo: SloDetail; onClose: () => void }) {
  const [typed, setTyped] = useState(String(slo.target_percent));
  const set = useSetTarget(slo.id);
  const target = Number(typed.replace(',', '.'));
  const valid = typed.trim() !== '' && target >= least && target <= most;
  const wrong = valid ? null : `A target lies between ${least} and ${most} %.`;

  function save(next: number | null) {
    const before = slo.own_target ? slo.target_percent : null;
    set.mutate(next, {
      onSuccess: (objective) => {
        onClose();
        toast(`${slo.name} promises ${objective.target_percent} %`, {
          undo: () => set.mutateAsync(before).then(() => undefined),
        });
      },
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (valid) save(target);
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <TextField
        label="Target"
        note="percent of the time"
        inputMode="decimal"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={fieldError(set.error, 'target_percent') ?? wrong ?? undefined}
        data-autofocus
      />
      {valid && <Rehearsal slo={slo} target={target} />}
      {set.error && (
        <p role="alert" className={styles.failing}>
          {sentenceOf(set.error)}
        </p>
      )}
      <DialogActions>
        <Button type="submit" tone="primary" keys="Enter" refused={wrong} busy={set.isPending}>
          Promise {valid ? `${target} %` : 'it'}
        </Button>
        {slo.own_target && (
          <Button busy={set.isPending} onClick={() => save(null)}>
            Take {slo.default_target_percent} % as everybody
          </Button>
        )}
        <Button onClick={onClose}>Keep as it is</Button>
      </DialogActions>
    </form>
  );
}

/** What the last 30 days would have left under another target. */
function Rehearsal({ slo, target }: { slo: SloDetail; target: number }) {
  const left = leftUnder(target, slo);
  const total = (1 - target / 100) * slo.window_days * 86_400;
  return (
    <p className={styles.words} role="status">
      {target} % leaves {lengthWords(total)} in {slo.window_days} days.{' '}
      {left === null
        ? 'Nothing was to be measured so far.'
        : left > 0
          ? `Of that, ${percentWords(left)} would be left today.`
          : 'It would be spent today.'}
    </p>
  );
}
