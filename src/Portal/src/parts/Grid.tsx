import { Table, type TableProps } from "antd";

/** A table that scrolls sideways where it must, by keyboard too. */
export function Grid<Row extends object>({ name, ...table }: TableProps<Row> & { name: string }) {
  return (
    <div className="scroll" role="region" aria-label={name} tabIndex={0}>
      <Table<Row> size="small" pagination={false} rowClassName="figures" {...table} />
    </div>
  );
}
