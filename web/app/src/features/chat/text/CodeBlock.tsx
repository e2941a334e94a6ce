import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../../platform/index.ts';
import styles from './StyledText.module.css';

/** How long it shows that the code was copied. */
const COPIED_MS = 1_500;

interface CodeBlockProps {
  code: string;
  language: string | undefined;
}

export function CodeBlock({ code, language }: CodeBlockProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    // Without a clipboard (an insecure address) the code can still be selected by hand.
    await navigator.clipboard?.writeText(code).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  const label = copied ? t('rich.copied') : t('rich.copyCode');
  return (
    <span className={styles.block}>
      <span className={styles.bar}>
        <span dir="ltr">{language ?? t('rich.code')}</span>
        <button
          type="button"
          className={styles.copy}
          aria-label={label}
          title={label}
          onClick={() => void copy()}
        >
          {copied ? <Check size={15} /> : <Copy size={15} />}
        </button>
      </span>
      <code className={styles.lines} dir="ltr" tabIndex={0}>
        {code}
      </code>
      <span className="visually-hidden" role="status">
        {copied && t('rich.copied')}
      </span>
    </span>
  );
}
