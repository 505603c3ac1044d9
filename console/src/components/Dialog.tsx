import { Drawer as MantineDrawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { KeyLayer } from '@/lib/keys';
import { Button } from './Button';
import styles from './Dialog.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
}

const chrome = {
  closeButtonProps: { 'aria-label': 'Close', size: 'md', iconSize: 16 },
} as const;

/** A question or form over the page; keys of the page rest while it is open, Esc closes. */
export function Dialog({
  opened,
  onClose,
  title,
  children,
  width = 480,
}: Props & { width?: number }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      yOffset="14vh"
      radius="lg"
      transitionProps={{ transition: 'fade-down', duration: 180 }}
      classNames={{
        content: styles.content,
        header: styles.header,
        title: styles.title,
        body: styles.body,
      }}
      {...chrome}
    >
      <KeyLayer>{children}</KeyLayer>
    </Modal>
  );
}

/** A longer look from the right; on phones it takes the whole screen. */
export function Drawer({
  opened,
  onClose,
  title,
  children,
  width = 520,
}: Props & { width?: number }) {
  return (
    <MantineDrawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size={width}
      transitionProps={{ duration: 240 }}
      classNames={{
        content: styles.drawer,
        header: styles.header,
        title: styles.title,
        body: styles.body,
      }}
      {...chrome}
    >
      <KeyLayer>{children}</KeyLayer>
    </MantineDrawer>
  );
}

/** The row of buttons at the foot of a dialog: the primary comes first for keys, right for eyes. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

interface AskProps {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  /** "Delete page main?" */
  question: string;
  /** What will be gone, and that it stays gone. */
  children: ReactNode;
  /** The verb itself, never "OK": "Delete page". */
  confirm: string;
  busy?: boolean;
}

/** Asks once before something that cannot be undone. */
export function AskOnce({
  opened,
  onClose,
  onConfirm,
  question,
  children,
  confirm,
  busy,
}: AskProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={question} width={420}>
      <div className={styles.plain}>{children}</div>
      <DialogActions>
        <Button tone="danger" onClick={onConfirm} busy={busy}>
          {confirm}
        </Button>
        <Button onClick={onClose} data-autofocus>
          Keep it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
