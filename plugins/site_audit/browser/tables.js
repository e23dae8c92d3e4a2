// table-without-headers: a table of two rows and two columns or more without a cell that heads a row or a column; also one made of roles.
({ all, seen }) => all("table, [role=table], [role=grid]").flatMap((table) => {
  if (/^(presentation|none)$/.test(table.getAttribute("role") || "") || !seen(table)) return [];
  const rows = table.rows ? [...table.rows] : all("[role=row]", table);
  const cells = rows.map((row) => (row.cells ? [...row.cells] : all("[role=cell], [role=gridcell], [role=columnheader], [role=rowheader]", row)));
  if (rows.length < 2 || Math.max(...cells.map((row) => row.length)) < 2) return [];
  const headed = cells.flat().some((cell) => (cell.localName === "th" || /header$/.test(cell.getAttribute("role") || "")) && cell.textContent.trim());
  return headed ? [] : [{ kind: "table-without-headers", element: table, found: `a table of ${rows.length} rows without a header cell` }];
})
