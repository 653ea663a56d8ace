import { Link } from "wouter";

import styles from "./Views.module.css";

interface Props {
  label: string;
  /** Of the record; the first view has it, the others are below it. */
  address: string;
  views: readonly { name: string; words: string }[];
  /** The one that is shown. */
  at: string;
}

/** The ways in which a record can be looked at. */
export function Views({ label, address, views, at }: Props) {
  return (
    <nav className={styles.views} aria-label={label}>
      {views.map(({ name, words }, place) => (
        <Link
          key={name}
          href={place === 0 ? address : `${address}/${name}`}
          aria-current={name === at ? "page" : undefined}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
