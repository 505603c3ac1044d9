import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { toast } from '@/lib/toasts';
import styles from './small.module.css';

/** A reference in the mono face that copies itself when pressed. */
export function CopyRef({ value, what = value }: { value: string; what?: string }) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      toast(`Could not copy ${what}: the browser refused`, { tone: 'failed' });
    }
  }

  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      className={styles.copy}
      onClick={copy}
      aria-label={what === value ? `Copy ${what}` : `Copy ${what}: ${value}`}
    >
      <code>{value}</code>
      <Icon size={14} strokeWidth={1.6} aria-hidden />
      {copied && (
        <span className="visually-hidden" role="status">
          Copied
        </span>
      )}
    </button>
  );
}
