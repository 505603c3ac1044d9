import { KeyRound } from 'lucide-react';
import { Button } from '@/components/Button';
import { CopyRef } from '@/components/CopyRef';
import { Dialog, DialogActions } from '@/components/Dialog';
import styles from './settings.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What it is: "token", "secret", "link". */
  what: string;
  secret: string;
  /** What to do with it. */
  children: React.ReactNode;
}

/** A secret that is shown here and never again. */
export function ShownOnce({ opened, onClose, title, what, secret, children }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title} width={520}>
      <p>{children}</p>
      <div className={styles.secret}>
        <KeyRound size={16} strokeWidth={1.6} aria-hidden />
        <CopyRef value={secret} what={`the ${what}`} />
      </div>
      <p className={styles.quiet}>It is shown this once. Whoever has it can use it.</p>
      <DialogActions>
        <Button tone="primary" onClick={onClose}>
          I have it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
