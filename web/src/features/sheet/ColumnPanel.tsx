import type { UseQueryResult } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { count, duration, figure, percent } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";

import type { Cell, Column } from "./api/getPreview";
import type { Finding } from "./api/getFindings";
import type { ColumnProfile } from "./api/getProfile";
import styles from "./ColumnPanel.module.css";
import { nameParts } from "./columnName";
import { FindingList } from "./FindingList";
import { FilterForm } from "./FilterForm";
import { TopValues } from "./TopValues";
import type { ViewControl } from "./useView";

const HistogramPlot = lazy(() => import("./HistogramPlot"));

interface Props {
  recordId: string;
  column: Column;
  profile: UseQueryResult<Map<string, ColumnProfile>>;
  control: ViewControl;
  findings: readonly Finding[];
  onGoTo: (row: number, column: string) => void;
  /** Left out where the panel stands in a dialog, which has a title and a way out of its own. */
  onClose?: () => void;
}

/** A column in figures, and what can be done with it. */
export function ColumnPanel(props: Props) {
  const { recordId, column, profile, control, findings, onGoTo, onClose } = props;
  const { t } = useTranslation();
  const found = profile.data?.get(column.name);
  const { group, own } = nameParts(column.name);
  return (
    <div className={styles.panel}>
      {onClose && (
        <header className={styles.header}>
          <div>
            {group && <small className={styles.quiet}>{group}</small>}
            <h2>{own}</h2>
          </div>
          <Button kind="plain" aria-label={t("app.close")} onClick={onClose}>
            ✕
          </Button>
        </header>
      )}
      <Order name={column.name} control={control} />
      {profile.error && !profile.data && <Failure error={profile.error} />}
      {findings.length > 0 && <FindingList findings={findings} ofOne onGoTo={onGoTo} />}
      {found && <Figures column={column} profile={found} />}
      {found?.histogram && (
        <section className={styles.section}>
          <h3>{t("panel.histogram")}</h3>
          <Suspense fallback={<div className={styles.plot} />}>
            <HistogramPlot column={column} histogram={found.histogram} />
          </Suspense>
        </section>
      )}
      {found?.quantiles && <Quantiles column={column} profile={found} />}
      {found && found.top.length > 0 && <TopValues profile={found} control={control} />}
      <FilterForm column={column} onFilter={control.addFilter} />
      {column.type === "text" && (
        <p>
          <Link
            href={`/extractions/new?${new URLSearchParams({ sheet: recordId, column: column.name })}`}
          >
            {t("extraction.fromColumn")}
          </Link>
        </p>
      )}
    </div>
  );
}

function Order({ name, control }: { name: string; control: ViewControl }) {
  const { t } = useTranslation();
  const { sort } = control.view;
  const rising = sort.includes(name);
  const falling = sort.includes(`-${name}`);
  return (
    <div className={styles.order} role="group" aria-label={t("panel.order")}>
      <Button aria-pressed={rising} onClick={() => control.setSort(rising ? [] : [name])}>
        ↑ {t("panel.rising")}
      </Button>
      <Button aria-pressed={falling} onClick={() => control.setSort(falling ? [] : [`-${name}`])}>
        ↓ {t("panel.falling")}
      </Button>
    </div>
  );
}

function Figures({ column, profile }: { column: Column; profile: ColumnProfile }) {
  const { t } = useTranslation();
  const all = profile.count + profile.blanks + profile.odd;
  const rows: [string, string | null][] = [
    [t("panel.type"), t(`type.${column.type}`)],
    [t("panel.filled"), percent(all === 0 ? 0 : 1 - profile.blanks / all)],
    [t("panel.blanks"), count(profile.blanks)],
    [t("panel.distinct"), count(profile.distinct)],
    [t("panel.odd"), profile.odd ? count(profile.odd) : null],
    [t("panel.fromText"), column.fromText ? count(column.fromText) : null],
    [t("panel.min"), shown(profile.min, column)],
    [t("panel.max"), shown(profile.max, column)],
    [t("panel.mean"), shown(profile.mean, column)],
    [t("panel.sd"), shown(profile.sd, column)],
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Quantiles({ column, profile }: { column: Column; profile: ColumnProfile }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <h3>{t("panel.quantiles")}</h3>
      <dl className={styles.figures}>
        {Object.entries(profile.quantiles ?? {}).map(([share, value]) => (
          <div key={share}>
            <dt>{percent(Number(share.replace(/^p/, "")) / (share.startsWith("p") ? 100 : 1))}</dt>
            <dd>{shown(value, column)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A figure of a column; durations come in seconds. */
function shown(value: Cell | undefined, { type }: Column): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "number") return String(value).replace("T", " ");
  return type === "duration" ? duration(value) : figure(value);
}
