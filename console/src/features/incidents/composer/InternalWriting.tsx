import { Button } from '@/components/Button';
import { fieldError, type IncidentDetail, sentenceOf } from '@/lib/api';
import { useComment, usePostUpdate } from '../writes';
import styles from './composer.module.css';
import { useDraft, type Writing } from './draft';
import { Staying } from './Leaving';
import { TextArea } from './TextArea';

interface Props {
  incident: IncidentDetail;
  writing: Exclude<Writing, 'public'>;
  refused: string | null;
  onDone?: () => void;
}

const words = {
  comment: {
    label: 'Comment',
    placeholder: 'Ask or answer a colleague',
    button: 'Comment',
  },
  note: {
    label: 'Internal note',
    placeholder: 'What you found, what you tried, what comes next',
    button: 'Add note',
  },
};

/** A comment or an internal note: nothing of it leaves the building. */
export function InternalWriting({ incident, writing, refused, onDone }: Props) {
  const { draft, change, clear, saved } = useDraft(incident.id, writing);
  const comment = useComment(incident.id);
  const note = usePostUpdate(incident.id);
  const { error, isPending } = writing === 'comment' ? comment : note;
  const { label, placeholder, button } = words[writing];
  const text = draft.text.trim();

  function send() {
    if (!text || isPending || refused) return;
    const onSuccess = () => {
      clear();
      onDone?.();
    };
    const { key } = draft;
    if (writing === 'comment') comment.mutate({ body: text, key }, { onSuccess });
    else {
      const phase = incident.phase === 'none' ? 'investigating' : incident.phase;
      note.mutate({ body: { phase, message: text, public: false }, key }, { onSuccess });
    }
  }

  return (
    <div className={styles.writing}>
      <div className={styles.fields}>
        <TextArea
          label={label}
          placeholder={placeholder}
          value={draft.text}
          error={fieldError(error, 'body') ?? fieldError(error, 'message')}
          onChange={(changed) => change({ text: changed })}
          onSend={send}
        />
        {saved && <span className={styles.saved}>Draft saved</span>}
      </div>
      <div className={styles.side}>
        <Staying />
        {error && (
          <p className={styles.problem} role="alert">
            {sentenceOf(error)}
          </p>
        )}
        <div className={styles.send}>
          <Button
            tone="primary"
            wide
            keys="mod+Enter"
            busy={isPending}
            refused={refused ?? (text ? null : 'Write something first.')}
            onClick={send}
          >
            {button}
          </Button>
        </div>
      </div>
    </div>
  );
}
