import { UnstyledButton } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';
import { Link, type LinkProps } from 'react-router';
import { ariaKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import styles from './Button.module.css';
import { Kbd } from './Kbd';

type Tone = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  /** One primary at a time; danger only where there is no undo. */
  tone?: Tone;
  icon?: LucideIcon;
  /** The key that does the same, shown inside. The page binds it with `useKeys`. */
  keys?: string;
  /** 30 by default; 40 for the forms of set-up and log-in. */
  size?: 'normal' | 'large';
  wide?: boolean;
  children: ReactNode;
}

function Inside({ icon: Icon, keys, children }: Pick<Look, 'icon' | 'keys' | 'children'>) {
  return (
    <>
      {Icon && <Icon size={16} strokeWidth={1.6} aria-hidden />}
      <span>{children}</span>
      {keys && (
        <span aria-hidden className={styles.hint}>
          <Kbd keys={keys} />
        </span>
      )}
    </>
  );
}

interface ButtonProps extends Look, Omit<ComponentPropsWithoutRef<'button'>, 'children'> {
  ref?: Ref<HTMLButtonElement>;
  /** Why this cannot be done now: the button stays reachable and says so when pressed. */
  refused?: string | null;
  /** An answer is awaited: the button keeps its width and does not act twice. */
  busy?: boolean;
}

/** A button with its key inside; a refused one says why instead of doing nothing. */
export function Button({
  tone = 'secondary',
  icon,
  keys,
  size = 'normal',
  wide = false,
  refused,
  busy = false,
  children,
  onClick,
  type = 'button',
  className,
  ...rest
}: ButtonProps) {
  return (
    <UnstyledButton
      type={type}
      className={className ? `${styles.button} ${className}` : styles.button}
      data-tone={tone}
      data-size={size}
      data-wide={wide || undefined}
      aria-disabled={refused || busy ? true : undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys && ariaKeys(keys)}
      title={refused ?? undefined}
      onClick={(event) => {
        if (refused || busy) event.preventDefault();
        if (refused) toast(refused, { tone: 'refused' });
        else if (!busy) onClick?.(event);
      }}
      {...rest}
    >
      <Inside icon={icon} keys={keys}>
        {children}
      </Inside>
    </UnstyledButton>
  );
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({
  tone = 'secondary',
  icon,
  keys,
  size = 'normal',
  wide = false,
  children,
  ...rest
}: Look & Omit<LinkProps, 'children'>) {
  return (
    <Link
      className={styles.button}
      data-tone={tone}
      data-size={size}
      data-wide={wide || undefined}
      aria-keyshortcuts={keys && ariaKeys(keys)}
      {...rest}
    >
      <Inside icon={icon} keys={keys}>
        {children}
      </Inside>
    </Link>
  );
}

interface IconButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'children'> {
  icon: LucideIcon;
  /** Spoken name and tooltip. */
  label: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A bare icon that acts; its name is spoken and shown on hover. */
export function IconButton({ icon: Icon, label, type = 'button', ...rest }: IconButtonProps) {
  return (
    <UnstyledButton type={type} className={styles.icon} aria-label={label} title={label} {...rest}>
      <Icon size={16} strokeWidth={1.6} aria-hidden />
    </UnstyledButton>
  );
}
