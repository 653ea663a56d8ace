import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Mark } from "@/lib/pieces";
import { MarkedText } from "@/ui/MarkedText";
import split from "@/ui/Split.module.css";

import type { Screened } from "./api/getReferences";
import { Outcome } from "./Outcome";
import styles from "./Reading.module.css";

interface Props {
  screened: Screened;
  /** The criterion whose quotes stand out. */
  active: string | null;
}

/** Title and abstract, with the words marked that models quote for their verdicts. */
export function ReferenceText({ screened, active }: Props) {
  const { t } = useTranslation();
  const { reference } = screened;
  const { authors = [], keywords = [] } = reference;
  const title = useMemo(() => marksIn(screened, "title"), [screened]);
  const abstract = useMemo(() => marksIn(screened, "abstract"), [screened]);
  const facts = [
    t("screening.number", { number: reference.number }),
    authorsOf(authors),
    reference.journal,
    reference.year,
  ];
  return (
    <article className={`${split.text} ${styles.paper}`}>
      <p className={split.facts}>
        <span>{facts.filter(Boolean).join(" · ")}</span>
        <Outcome screened={screened} />
      </p>
      <h2>
        <MarkedText
          text={reference.title || t("screening.noTitle")}
          marks={title}
          active={active}
        />
      </h2>
      {reference.abstract ? (
        <p className={styles.abstract}>
          <MarkedText text={reference.abstract} marks={abstract} active={active} />
        </p>
      ) : (
        <p className={split.quiet}>{t("screening.noAbstract")}</p>
      )}
      {keywords.length > 0 && <p className={split.facts}>{keywords.join(" · ")}</p>}
      <Links of={reference} />
    </article>
  );
}

function Links({ of: { doi, pmid, url = "" } }: { of: Screened["reference"] }) {
  const links: [string, string][] = [];
  if (doi) links.push([`DOI ${doi}`, `https://doi.org/${encodeURI(doi)}`]);
  if (pmid) links.push([`PMID ${pmid}`, `https://pubmed.ncbi.nlm.nih.gov/${encodeURI(pmid)}/`]);
  if (/^https?:\/\//i.test(url)) links.push([url, url]);
  if (links.length === 0) return null;
  return (
    <p className={styles.links}>
      {links.map(([text, href]) => (
        <a key={href} href={href} target="_blank" rel="noreferrer">
          {text}
        </a>
      ))}
    </p>
  );
}

function marksIn({ a, b }: Screened, field: "title" | "abstract"): Mark[] {
  return [a, b].flatMap((verdict) =>
    (verdict?.criteria ?? []).flatMap(({ criterion, quote }): Mark[] =>
      quote?.field === field ? [{ start: quote.start, end: quote.end, key: criterion }] : [],
    ),
  );
}

const NAMED = 3;

function authorsOf(authors: readonly string[]): string {
  const named = authors.slice(0, NAMED).join("; ");
  return authors.length > NAMED ? `${named} …` : named;
}
