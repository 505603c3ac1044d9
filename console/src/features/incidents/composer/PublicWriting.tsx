import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { RelativeTime } from '@/components/RelativeTime';
import { fieldError, type IncidentDetail, type Phase, sentenceOf, servicesQuery } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { audienceQuery } from '../queries';
import { usePostUpdate } from '../writes';
import { publishWords, reach } from './audience';
import styles from './composer.module.css';
import { useDraft } from './draft';
import { changedImpacts, firstImpacts, openImpacts } from './impacts';
import { Leaving } from './Leaving';
import { Preview } from './Preview';
import { PublicFields } from './PublicFields';
import { TextArea } from './TextArea';

interface Props {
  incident: IncidentDetail;
  notes: number;
  refused: string | null;
  onDone?: () => void;
}

const usual = (face: IncidentDetail['phase']): Phase => (face === 'none' ? 'investigating' : face);

/** A public update: the text, the phase, the services, and who gets it before it goes. */
export function PublicWriting({ incident, notes, refused, onDone }: Props) {
  const { draft, change, clear, saved } = useDraft(incident.id, 'public');
  const [looking, setLooking] = useState(false);
  const posting = usePostUpdate(incident.id);
  const phase = draft.phase ?? usual(incident.phase);
  const known = useMemo(() => openImpacts(incident.updates), [incident.updates]);
  const services = useQuery(servicesQuery).data?.items;
  const visible = (id: string) =>
    services?.find((service) => service.id === id)?.visibility === 'public';
  const impacts = { ...firstImpacts(incident, visible), ...draft.impacts };
  const changed = phase === 'resolved' ? {} : changedImpacts(impacts, known);
  const shown = phase === 'resolved' ? known : { ...known, ...changed };
  const audience = useQuery(audienceQuery(incident.id, phase, shown));
  const live = !['resolved', 'closed', 'cancelled'].includes(incident.status);
  const resolves = phase === 'resolved' && live && !draft.keepOpen;
  const newest = incident.updates.find((update) => update.public);
  const overtaken = draft.text !== '' && draft.seen !== null && newest && newest.id !== draft.seen;
  const title = draft.title ?? incident.public_title ?? incident.title;
  const text = draft.text.trim();

  function write(changedText: string) {
    const began = draft.text === '' ? { seen: newest?.id ?? '' } : {};
    change({ text: changedText, ...began });
  }

  function publish() {
    if (!text || posting.isPending || refused) return;
    const body = {
      phase,
      message: text,
      public: true,
      impacts: changed,
      ...(incident.public_title === null && { title: title.trim() }),
      ...(phase === 'resolved' && draft.keepOpen && { keep_open: true }),
    };
    const people = audience.data ? reach(audience.data) : 0;
    posting.mutate(
      { body, key: draft.key },
      {
        onSuccess: () => {
          clear();
          toast(people ? `Published to ${people.toLocaleString('en-GB')}` : 'Published');
          onDone?.();
        },
      },
    );
  }

  return (
    <div className={styles.writing}>
      <div className={styles.fields}>
        <TextArea
          label="Public update"
          placeholder="Who is affected, what to do, when you write again"
          value={draft.text}
          error={fieldError(posting.error, 'message')}
          onChange={write}
          onSend={publish}
        />
        {overtaken && (
          <p className={styles.overtaken} role="status">
            {newest.author.label} published an update at <RelativeTime at={newest.at} as="clock" />,
            after you began. Read it before you send yours.
          </p>
        )}
        <PublicFields
          incident={incident}
          draft={draft}
          phase={phase}
          impacts={impacts}
          error={posting.error}
          saved={saved}
          onChange={change}
        />
      </div>
      <div className={styles.side}>
        <Leaving audience={audience.data} failed={audience.isError} notes={notes} />
        {posting.error && (
          <p className={styles.problem} role="alert">
            {sentenceOf(posting.error)}
          </p>
        )}
        <div className={styles.send}>
          <Button onClick={() => setLooking(true)} refused={text ? null : 'Write something first.'}>
            Preview
          </Button>
          <Button
            tone="primary"
            wide
            keys="mod+Enter"
            busy={posting.isPending}
            refused={refused ?? (text ? null : 'Write something first.')}
            onClick={publish}
          >
            {publishWords(audience.data, resolves)}
          </Button>
        </div>
      </div>
      <Preview
        opened={looking}
        onClose={() => setLooking(false)}
        incident={incident}
        title={title}
        phase={phase}
        text={text}
        impacts={shown}
      />
    </div>
  );
}
