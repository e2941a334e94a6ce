import { Search } from 'lucide-react';
import styles from './parts.module.css';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <search className={styles.search}>
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        className={styles.searchInput}
        aria-label={label}
        placeholder={label}
        value={value}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        onChange={event => onChange(event.target.value)}
      />
    </search>
  );
}
