import {
  Check,
  CircleCheck,
  Lock,
  type LucideIcon,
  Pause,
  Pencil,
  Play,
  RotateCcw,
  UserRound,
  X,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  type IncidentDetail,
  type IncidentVerb,
  sentenceOf,
  useSession,
  type VerbInput,
} from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { useVerb } from '../writes';
import { AssignDialog } from './AssignDialog';
import { mayNot, verbsInOrder } from './allowing';
import { EditDialog } from './EditDialog';
import { EndDialog, type EndingVerb } from './EndDialog';
import { HoldDialog } from './HoldDialog';
import { doneWords, verbKeys, verbWords } from './words';

export interface VerbButton {
  verb: IncidentVerb | 'edit';
  label: string;
  icon: LucideIcon;
  keys?: string;
  /** Why not now; null if it may run. */
  refused: string | null;
  run: () => void;
}

const icons: Record<IncidentVerb, LucideIcon> = {
  acknowledge: Check,
  assign: UserRound,
  start: Play,
  hold: Pause,
  resume: Play,
  resolve: CircleCheck,
  close: Lock,
  reopen: RotateCcw,
  cancel: X,
};

type Asking = { what: EndingVerb | 'assign' | 'hold' | 'edit'; incident: IncidentDetail };
const asks = new Set<string>(['assign', 'hold', 'resolve', 'cancel', 'reopen']);

/** The verbs of an incident with their keys and refusals, and the dialogs they ask with. */
export function useVerbs(incident: IncidentDetail) {
  const permissions = useSession().data?.permissions ?? [];
  const [asking, setAsking] = useState<Asking | null>(null);
  const running = useVerb();
  const { id } = incident;

  function run(verb: IncidentVerb, body: VerbInput = {}, undo?: () => void) {
    setAsking(null);
    running.mutate(
      { ref: id, verb, body },
      {
        onSuccess: () => void toast(`${id} ${doneWords[verb]}`, { undo }),
        onError: (error) => void toast(`${id}: ${sentenceOf(error)}`, { tone: 'failed' }),
      },
    );
  }

  const open = (what: Asking['what']) => setAsking({ what, incident });
  const toButton = (verb: IncidentVerb): VerbButton => ({
    verb,
    label: verbWords[verb],
    icon: icons[verb],
    keys: verbKeys[verb],
    refused: mayNot(incident, verb, permissions),
    run: () => (asks.has(verb) ? open(verb as Asking['what']) : run(verb)),
  });

  const { shown, more } = verbsInOrder(incident);
  const edit: VerbButton = {
    verb: 'edit',
    label: 'Edit',
    icon: Pencil,
    refused: mayNot(incident, 'edit', permissions),
    run: () => open('edit'),
  };
  const buttons = { shown: shown.map(toButton), more: [edit, ...more.map(toButton)] };

  useKeys(
    [...buttons.shown, ...buttons.more]
      .filter(({ keys }) => keys)
      .map(({ keys = '', label, refused, run: act }) => ({ keys, label, refused, run: act })),
  );

  const before = incident.assigned_to?.id ?? null;
  const dialogs: ReactNode = (
    <>
      <AssignDialog
        opened={asking?.what === 'assign'}
        onClose={() => setAsking(null)}
        what={id}
        value={before}
        onPick={(assigned_to) =>
          run('assign', { assigned_to }, () => run('assign', { assigned_to: before }))
        }
      />
      <HoldDialog
        opened={asking?.what === 'hold'}
        onClose={() => setAsking(null)}
        what={id}
        onPick={(pending_reason) => run('hold', { pending_reason }, () => run('resume'))}
      />
      <Ending asking={asking} onClose={() => setAsking(null)} />
    </>
  );
  return { ...buttons, busy: running.isPending, dialogs };
}

function Ending({ asking, onClose }: { asking: Asking | null; onClose: () => void }) {
  const [last, setLast] = useState(asking);
  if (asking && asking !== last) setLast(asking);
  if (!last) return null;
  const { what, incident } = last;
  const opened = asking === last;
  if (what === 'edit') return <EditDialog incident={incident} opened={opened} onClose={onClose} />;
  if (what === 'assign' || what === 'hold') return null;
  return <EndDialog verb={what} incident={incident} opened={opened} onClose={onClose} />;
}
