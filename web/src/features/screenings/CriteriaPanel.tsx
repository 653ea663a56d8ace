import { useTranslation } from "react-i18next";

import { Failure } from "@/ui/Failure";

import type { Screened, Verdict } from "./api/getReferences";
import type { Screening } from "./api/listScreenings";
import { criteriaOf, type Criterion } from "./criteria";
import styles from "./Criteria.module.css";

const MET = { yes: "●", no: "–", unclear: "○" } as const;
const SAID = { include: "●", exclude: "–", unclear: "○" } as const;

interface Props {
  record: Screening;
  screened: Screened;
  active: string | null;
  onActive: (criterion: string | null) => void;
}

/** What is asked of each record, and what the two models say of this one. */
export function CriteriaPanel({ record, screened, active, onActive }: Props) {
  const { t } = useTranslation();
  const { a, b } = screened;
  const [nameA = "", nameB = ""] = record.models ?? [];
  const fault = a?.fault ?? b?.fault;
  return (
    <aside className={styles.panel} aria-label={t("screening.criteria")}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("screening.criteria")}</th>
            <th scope="col" title={nameA}>
              {t("screening.model", { name: "A" })}
            </th>
            <th scope="col" title={nameB}>
              {t("screening.model", { name: "B" })}
            </th>
          </tr>
        </thead>
        <tbody>
          {criteriaOf(record.criteria).map((criterion) => (
            <tr key={criterion.id}>
              <th scope="row">
                <Name
                  criterion={criterion}
                  quoted={[a, b].some((verdict) => answer(verdict, criterion)?.quote)}
                  active={active === criterion.id}
                  onActive={onActive}
                />
              </th>
              <Met verdict={a} criterion={criterion} />
              <Met verdict={b} criterion={criterion} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("screening.says")}</th>
            <Says verdict={a} />
            <Says verdict={b} />
          </tr>
        </tfoot>
      </table>
      {fault && <Failure error={fault} />}
      <p className={styles.models}>
        <span>A {nameA}</span> <span>B {nameB}</span>
      </p>
      {nameA?.startsWith(BUILT_IN) && <p className={styles.models}>{t("screening.builtIn")}</p>}
    </aside>
  );
}

/** What names of models begin with that are no language models. */
const BUILT_IN = "builtin-";

interface NameProps {
  criterion: Criterion;
  quoted: boolean;
  active: boolean;
  onActive: (criterion: string | null) => void;
}

function Name({ criterion, quoted, active, onActive }: NameProps) {
  const { t } = useTranslation();
  const { id, kind, part, text } = criterion;
  const label = part ? t(`screening.picos.${part}`) : t(`screening.kind.${kind}`);
  const words = (
    <>
      <small>{label}</small>
      <span>{text}</span>
    </>
  );
  if (!quoted) return <span className={styles.name}>{words}</span>;
  return (
    <button
      type="button"
      className={styles.name}
      aria-pressed={active}
      title={t("screening.showQuote")}
      onClick={() => onActive(active ? null : id)}
    >
      {words}
    </button>
  );
}

function Met({ verdict, criterion }: { verdict: Verdict | null; criterion: Criterion }) {
  const { t } = useTranslation();
  const said = answer(verdict, criterion);
  if (!said) return <td className={styles.none}>–</td>;
  return (
    <td className={styles[said.met]}>
      <span aria-hidden>{MET[said.met]}</span> {t(`screening.met.${said.met}`)}
    </td>
  );
}

function Says({ verdict }: { verdict: Verdict | null }) {
  const { t } = useTranslation();
  if (!verdict) return <td className={styles.none}>{t("screening.noVerdict")}</td>;
  return (
    <td>
      <span aria-hidden>{SAID[verdict.decision]}</span> {t(`screening.said.${verdict.decision}`)}
    </td>
  );
}

function answer(verdict: Verdict | null, { id }: Criterion) {
  return verdict?.criteria?.find(({ criterion }) => criterion === id);
}
