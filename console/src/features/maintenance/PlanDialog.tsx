import { useState } from 'react';
import { Dialog } from '@/components/Dialog';
import type { Maintenance } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { useEdit, useSchedule } from './queries';
import { WindowForm } from './WindowForm';

interface Props {
  opened: boolean;
  onClose: () => void;
  onPlanned?: (window: Maintenance) => void;
}

/** Plans a window: what, where, when, how often. */
export function PlanDialog({ opened, onClose, onPlanned }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Plan maintenance" width={560}>
      <Planning onClose={onClose} onPlanned={onPlanned} />
    </Dialog>
  );
}

function Planning({ onClose, onPlanned }: Omit<Props, 'opened'>) {
  const [key] = useState(() => crypto.randomUUID());
  const schedule = useSchedule();
  return (
    <WindowForm
      verb="Plan it"
      error={schedule.error}
      busy={schedule.isPending}
      onLeave={onClose}
      onSave={(body) =>
        schedule.mutate(
          { body, key },
          {
            onSuccess: (window) => {
              const begun = window.status === 'in_progress';
              toast(`${window.title} ${begun ? 'begun' : 'planned'}`);
              onClose();
              onPlanned?.(window);
            },
          },
        )
      }
    />
  );
}

interface EditProps {
  window: Maintenance | null;
  onClose: () => void;
}

/** Changes a window that is not over. */
export function EditDialog({ window, onClose }: EditProps) {
  const [last, setLast] = useState(window);
  if (window && window !== last) setLast(window);
  return (
    <Dialog opened={window !== null} onClose={onClose} title="Change maintenance" width={560}>
      {last && <Editing key={last.id} window={last} onClose={onClose} />}
    </Dialog>
  );
}

function Editing({ window, onClose }: { window: Maintenance; onClose: () => void }) {
  const edit = useEdit(window.id);
  return (
    <WindowForm
      window={window}
      verb="Save"
      error={edit.error}
      busy={edit.isPending}
      onLeave={onClose}
      onSave={(planned) => {
        const { starts_at, recurrence, ...always } = planned;
        const begun = window.status === 'in_progress';
        edit.mutate(begun ? always : { ...always, starts_at, recurrence }, {
          onSuccess: ({ title }) => {
            toast(`${title} changed`);
            onClose();
          },
        });
      }}
    />
  );
}
