import { useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import type { Service } from '@/lib/api';
import { sentenceOf } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { Problem } from '../Frame';
import { useArchiveService } from './queries';
import { ServiceForm } from './ServiceForm';

interface Props {
  opened: boolean;
  /** Null for a new one. */
  service: Service | null;
  isNew: boolean;
  mayWrite: boolean;
  onClose: () => void;
}

/** Makes, shows or changes a service. */
export function ServiceDialog({ opened, service, isNew, mayWrite, onClose }: Props) {
  const [archiving, setArchiving] = useState(false);
  if (opened && !service && !isNew) return null;
  return (
    <Dialog opened={opened} onClose={onClose} title={service?.name ?? 'New service'} width={620}>
      {archiving && service ? (
        <Archiving service={service} onKeep={() => setArchiving(false)} onGone={onClose} />
      ) : (
        <ServiceForm
          service={service}
          mayWrite={mayWrite}
          onClose={onClose}
          onArchive={() => setArchiving(true)}
        />
      )}
    </Dialog>
  );
}

interface ArchivingProps {
  service: Service;
  onKeep: () => void;
  onGone: () => void;
}

function Archiving({ service, onKeep, onGone }: ArchivingProps) {
  const archiving = useArchiveService();
  return (
    <>
      <p>
        {service.name} is no longer watched and leaves board and pages. Its history is kept, its id{' '}
        <code>{service.id}</code> too.
      </p>
      {archiving.error && <Problem>{sentenceOf(archiving.error)}</Problem>}
      <DialogActions>
        <Button
          tone="danger"
          busy={archiving.isPending}
          onClick={() =>
            archiving.mutate(service.id, {
              onSuccess: () => {
                toast(`${service.name} archived`);
                onGone();
              },
            })
          }
        >
          Archive {service.name}
        </Button>
        <Button onClick={onKeep} data-autofocus>
          Keep it
        </Button>
      </DialogActions>
    </>
  );
}
