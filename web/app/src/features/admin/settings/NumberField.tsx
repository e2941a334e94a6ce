import { t } from '../../../platform/index.ts';
import { Field } from '../../../ui/index.ts';
import { number } from '../parts/format.ts';
import type { NumberSetting } from './fields.ts';

interface NumberFieldProps {
  name: NumberSetting;
  least: number;
  most: number;
  /** What the server says. */
  now: number;
  /** What was typed here over it. */
  typed: string | undefined;
  onChange(typed: string): void;
}

/** One number. If the server's changes while another is typed here, both are told. */
export function NumberField({ name, least, most, now, typed, onChange }: NumberFieldProps) {
  const value = Number(typed ?? now);
  const bad =
    typed !== undefined && (typed.trim() === '' || !Number.isInteger(value) || value < least || value > most);
  const differs = typed !== undefined && typed !== String(now);
  const hint = t(`admin.hint.${name}`);
  return (
    <Field
      label={t(`admin.set.${name}`)}
      hint={differs ? `${hint} ${t('admin.isNow', { value: number(now) })}` : hint}
      error={bad ? t('admin.between', { least: number(least), most: number(most) }) : undefined}
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      value={typed ?? String(now)}
      onChange={event => onChange(event.target.value)}
    />
  );
}
