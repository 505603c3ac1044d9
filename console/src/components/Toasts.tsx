import { Ban, Check, CloudOff, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { dismiss, type Toast, toastLife, useToasts } from '@/lib/toasts';
import { Kbd } from './Kbd';
import styles from './Toasts.module.css';

const icons: Record<Toast['tone'], LucideIcon> = { done: Check, refused: Ban, failed: CloudOff };

/** The place of toasts, bottom left; mounted once. */
export function Toasts() {
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {useToasts().map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

/** One toast: past tense, Undo with Z, gone after ten seconds unless looked at. */
export function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  const { id, text, tone, undo } = toast;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), toastLife);
    return () => clearTimeout(timer);
  }, [held, id]);
  const Icon = icons[tone];

  function takeBack() {
    dismiss(id);
    void undo?.();
  }

  return (
    <div
      className={styles.toast}
      data-tone={tone}
      data-held={held || undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={16} strokeWidth={1.6} aria-hidden />
      <span className={styles.text}>{text}</span>
      {undo && (
        <button type="button" className={styles.undo} onClick={takeBack} aria-keyshortcuts="z">
          Undo <Kbd keys="z" />
        </button>
      )}
      <span className={styles.life} aria-hidden style={{ animationDuration: `${toastLife}ms` }} />
    </div>
  );
}
