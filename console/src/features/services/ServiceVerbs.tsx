import { BellOff, Hand, Undo2 } from 'lucide-react';
import { Button } from '@/components/Button';
import { type ServiceDetail, sentenceOf, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { useMute, useRelease, useUnmute } from './queries';
import { SetStatus } from './SetStatus';

const refusal = 'You may look but not change this. Ask a responder.';

interface Props {
  service: ServiceDetail;
  /** Whether the form is open; the page keeps this, because phones ask from the foot of the screen. */
  asking: boolean;
  onAsk: (asking: boolean) => void;
}

/** What a person can do with a service: say how it is, and give the word back to the feed. */
export function ServiceVerbs({ service, asking, onAsk }: Props) {
  const maySet = useMay('status.set');
  const release = useRelease(service.id);
  const refused = maySet ? null : refusal;
  const mute = useMuting(service);
  const open = () => onAsk(true);
  const giveBack = () =>
    release.mutate(undefined, {
      onSuccess: () => toast(`${service.name} released to its feed`),
      onError: (error) => toast(sentenceOf(error), { tone: 'failed' }),
    });

  useKeys([
    { keys: 's', label: 'Set status by hand', group: 'Do', refused, run: open },
    ...(service.set_by_hand
      ? [{ keys: 'l', label: 'Release to the feed', group: 'Do' as const, refused, run: giveBack }]
      : []),
    { keys: 'm', label: 'Mute for 1 h', group: 'Do', refused: mute.refused, run: mute.run },
  ]);

  return (
    <>
      {service.set_by_hand && (
        <Button icon={Undo2} keys="l" refused={refused} busy={release.isPending} onClick={giveBack}>
          Release
        </Button>
      )}
      <Button icon={BellOff} keys="m" refused={mute.refused} busy={mute.busy} onClick={mute.run}>
        Mute for 1 h
      </Button>
      <Button icon={Hand} keys="s" refused={refused} onClick={open}>
        Set by hand
      </Button>
      <SetStatus service={service} opened={asking} onClose={() => onAsk(false)} />
    </>
  );
}

/** An hour of maintenance that begins now: its alerts rest, and it counts as no downtime. */
export function useMuting(service: Pick<ServiceDetail, 'id' | 'name'>) {
  const mayWrite = useMay('maintenance.write');
  const mute = useMute(service);
  const unmute = useUnmute(service.id);
  return {
    refused: mayWrite ? null : 'You may look but not change this. Ask an ITSM manager.',
    busy: mute.isPending,
    run: () =>
      mute.mutate(undefined, {
        onSuccess: ({ id }) =>
          toast(`${service.name} muted for 1 h`, {
            undo: () => unmute.mutateAsync(id).then(() => undefined),
          }),
        onError: (error) => toast(sentenceOf(error), { tone: 'failed' }),
      }),
  };
}
