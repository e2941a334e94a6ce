import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classes } from '../behaviour/classes.ts';
import styles from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'plain' | 'danger';
  busy?: boolean;
  wide?: boolean;
}

export function Button({ look = 'plain', busy = false, wide = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={classes(styles.button, styles[look], wide && styles.wide, className)}
    />
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  children: ReactNode;
}

/** A button that shows an icon only; the label is for screen readers and the tooltip. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={classes(styles.icon, className)}
    />
  );
}
