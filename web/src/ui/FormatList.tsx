import styles from "./FormatList.module.css";

interface Props<Format> {
  formats: readonly Format[];
  urlOf: (format: Format) => string;
  nameOf: (format: Format) => string;
  aboutOf: (format: Format) => string;
  /** Stands in for the browser's own download. */
  onChoose?: (format: Format) => void;
}

/** The formats in which something can be downloaded. */
export function FormatList<Format extends string>(props: Props<Format>) {
  const { formats, urlOf, nameOf, aboutOf, onChoose } = props;
  return (
    <ul className={styles.formats}>
      {formats.map((format) => (
        <li key={format}>
          <a
            href={urlOf(format)}
            download
            onClick={(event) => {
              if (!onChoose) return;
              event.preventDefault();
              onChoose(format);
            }}
          >
            <strong>{nameOf(format)}</strong>
            <small>{aboutOf(format)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}
