import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { classes } from '../behaviour/classes.ts';
import styles from './Table.module.css';

export interface Column<Row> {
  readonly label: string;
  /** Left out where there is little room: the first column should tell the most of it too. */
  readonly wide?: boolean;
  /** A number, or what else is compared at its end. */
  readonly end?: boolean;
  cell(row: Row): ReactNode;
}

interface TableProps<Row> {
  /** What the table is about, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf(row: Row): string | number;
  /** Whether newer rows are on their way. */
  busy?: boolean;
  /** What the whole row leads to: the link is in its first cell. */
  linkOf?(row: Row): AnchorHTMLAttributes<HTMLAnchorElement>;
}

/** A table of one page. A row that leads somewhere is a link, so the keyboard and another tab reach it as well. */
export function Table<Row>({ label, columns, rows, idOf, busy = false, linkOf }: TableProps<Row>) {
  return (
    <div className={styles.frame} tabIndex={-1}>
      <table className={styles.table} aria-label={label} aria-busy={busy || undefined}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.label} scope="col" className={look(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={idOf(row)} className={classes(styles.row, linkOf && styles.leads)}>
              {columns.map((column, place) => (
                <td key={column.label} className={look(column)}>
                  {place === 0 && linkOf ? (
                    <a {...linkOf(row)} className={styles.link}>
                      {column.cell(row)}
                    </a>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function look<Row>(column: Column<Row>): string {
  return classes(styles.cell, column.wide && styles.wide, column.end && styles.end);
}
