import { useRef, useState, type ReactNode } from "react";

import { Button } from "./Button";
import styles from "./DropArea.module.css";

interface Props {
  /** What can be dropped here, or what was. */
  children: ReactNode;
  /** The words on the button which opens the system's own choice of files. */
  action: string;
  about: string;
  accept: string;
  multiple?: boolean;
  testId: string;
  onFiles: (files: Iterable<File>) => void;
}

/** Where files are dropped or chosen. */
export function DropArea(props: Props) {
  const { children, action, about, accept, multiple = false, testId, onFiles } = props;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // The button inside does the same by keyboard.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={`${styles.drop} ${over ? styles.over : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      <p>
        {children} <Button onClick={() => input.current?.click()}>{action}</Button>
      </p>
      <small>{about}</small>
      <input
        ref={input}
        type="file"
        multiple={multiple}
        hidden
        accept={accept}
        data-testid={testId}
        onChange={(event) => {
          onFiles(event.target.files ?? []);
          event.target.value = "";
        }}
      />
    </div>
  );
}
