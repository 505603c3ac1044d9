import { Dialog } from '@/components/Dialog';
import { type Pickable, PickOne } from '@/components/pickers';
import type { PendingReason } from '@/lib/api';

const reasons: readonly (Pickable & { value: PendingReason })[] = [
  { value: 'vendor', label: 'The vendor', note: 'must repair or answer' },
  { value: 'caller', label: 'The caller', note: 'must answer or try' },
  { value: 'change', label: 'A change', note: 'is planned' },
  { value: 'problem', label: 'A problem', note: 'is being looked into' },
  { value: 'other', label: 'Something else' },
];

interface Props {
  opened: boolean;
  onClose: () => void;
  /** What is held: "INC0000236" or "2 incidents". */
  what: string;
  onPick: (reason: PendingReason) => void;
}

/** Puts work on hold; the resolution clock stands still until it is resumed. */
export function HoldDialog({ opened, onClose, what, onPick }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Hold ${what}`} width={420}>
      <PickOne
        label="It waits for"
        options={reasons}
        onPick={(picked) => onPick(picked as PendingReason)}
      />
    </Dialog>
  );
}
