import { Button, Table, type TableProps } from "antd";
import { itemsOf, type Parts } from "../api/lists";
import { useTexts } from "../texts/texts";

/** A table that scrolls sideways where it must, by keyboard too. Of a list it shows the parts that were read, and reads on. */
export function Grid<Row extends object>({ name, parts, ...table }: TableProps<Row> & { name: string; parts?: Parts<Row> }) {
  const words = useTexts().app;
  const more = parts?.hasNextPage && { footer: () => <Button block onClick={() => void parts.fetchNextPage()} loading={parts.isFetchingNextPage}>{words.more}</Button> };
  return (
    <div className="scroll" role="region" aria-label={name} tabIndex={0}>
      <Table<Row> size="small" pagination={false} rowClassName="figures" {...(parts && { loading: parts.isPending, dataSource: itemsOf(parts) })} {...more} {...table} />
    </div>
  );
}
