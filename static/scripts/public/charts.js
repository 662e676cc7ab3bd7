/* Charts of the tables on the page. A chart holds nothing of its own: it is drawn from the cells of the table that it names.

   <figure data-chart="lines|bars|bars-across" data-from="id of the table" data-series="rows|columns" data-keys="columns to draw">
   A cell with `data-value` is a number; any other is a gap, which `data-gap` names. Gaps stay gaps. */
(() => {
  "use strict";
  const SYMBOLS = ["circle", "triangle", "rect", "diamond", "roundRect"];
  const STROKES = ["solid", [7, 3], [2, 3], [10, 3, 2, 3], [4, 2]];
  const HUES = 5;
  const LABEL_HEIGHT = 15;

  const root = getComputedStyle(document.documentElement);
  const token = (name) => root.getPropertyValue(name).trim();
  const hues = Array.from({ length: HUES }, (_, place) => token(`--chart-${place + 1}`));
  const ink = token("--ink"), muted = token("--muted"), line = token("--line"), rest = token("--chart-rest");
  const size = Math.round(0.8125 * parseFloat(root.fontSize));
  const words = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: size };

  /* The cells as series over categories: [{name, points: [{value, gap}]}]. */
  function read(figure) {
    const table = document.getElementById(figure.dataset.from);
    const heads = [...table.tHead.rows].at(-1).cells;
    const wanted = figure.dataset.keys?.split(" ");
    const columns = [...heads]
      .map((head, place) => ({ place, key: head.dataset.key, name: head.textContent.replace(/\s+/g, " ").trim() }))
      .filter(({ key }) => key && (!wanted || wanted.includes(key)));
    const rows = [...table.tBodies[0].rows];
    if (figure.hasAttribute("data-backwards")) rows.reverse();
    const point = (row, place) => {
      const cell = row.dataset.gap ? row : row.cells[place];
      return { value: cell.dataset.value === undefined ? null : Number(cell.dataset.value), gap: cell.dataset.gap };
    };
    return figure.dataset.series === "rows"
      ? {
          categories: columns.map(({ name }) => name),
          series: rows.map((row) => ({ name: row.dataset.name, points: columns.map(({ place }) => point(row, place)) })),
        }
      : {
          categories: rows.map((row) => row.dataset.name),
          series: columns.map(({ name, place }) => ({ name, points: rows.map((row) => point(row, place)) })),
        };
  }

  /* Hatched, as blanks have it everywhere on the site, or the second column of a pair. */
  function hatch(colour, width) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    for (const shift of [-8, 0, 8]) {
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
    }
    pen.stroke();
    return { image: tile, repeat: "repeat" };
  }

  const wholeGap = (data, place) =>
    data.series.every(({ points }) => points[place].value === null) ? data.series[0]?.points[place].gap || "" : null;

  function axes(data, unit) {
    const lowest = Math.min(0, ...data.series.flatMap(({ points }) => points.map(({ value }) => value ?? 0)));
    const values = {
      type: "value",
      min: lowest,
      minInterval: unit === "%" ? 0 : 1,
      splitNumber: 4,
      axisLabel: { ...words, color: muted, formatter: unit === "%" ? "{value}%" : (value) => String(value) },
      splitLine: { lineStyle: { color: line } },
    };
    const categories = {
      type: "category",
      data: data.categories,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: muted } },
      axisLabel: { ...words, color: ink, interval: 0 },
    };
    return { values, categories };
  }

  /* Behind the rest: every category of which nothing is known, hatched from top to bottom and named under its label. */
  function gaps(data, categories) {
    const none = data.categories.map((_, place) => wholeGap(data, place));
    categories.axisLabel.formatter = (name, place) => (none[place] ? `${name}\n${none[place]}` : name);
    return {
      type: "bar",
      // On axes of their own, or they would take the width of the others.
      xAxisIndex: 1,
      yAxisIndex: 1,
      barWidth: "70%",
      silent: true,
      z: 0,
      itemStyle: { color: hatch(line, 1) },
      data: none.map((gap) => (gap === null ? null : 1)),
    };
  }

  function lines(data, unit) {
    const { values, categories } = axes(data, unit);
    const years = data.series.map((each, place) => {
      const named = place < HUES;
      const last = each.points.findLastIndex(({ value }) => value !== null);
      return {
        type: "line",
        name: each.name,
        silent: true,
        z: named ? 3 : 2,
        symbol: named ? SYMBOLS[place] : "circle",
        symbolSize: named ? 8 : 4,
        lineStyle: { color: named ? hues[place] : rest, width: named ? 2 : 1, type: named ? STROKES[place] : "solid" },
        itemStyle: { color: named ? hues[place] : rest },
        data: each.points.map(({ value }, at) => ({
          value,
          label: {
            ...words,
            show: named && at === last,
            position: "right",
            distance: 8,
            color: hues[place],
            formatter: () => each.name,
          },
        })),
      };
    });
    return { ...frame(values, categories), series: [gaps(data, categories), ...years] };
  }

  function bars(data, unit) {
    const { values, categories } = axes(data, unit);
    const columns = data.series.map((each, place) => ({
      type: "bar",
      name: each.name,
      silent: true,
      z: 3,
      barMaxWidth: 26,
      barGap: "10%",
      itemStyle: place ? { color: hatch(hues[place], 3.5), borderColor: hues[place] } : { color: hues[0] },
      label: { ...words, show: true, position: "top", distance: 3, color: ink },
      data: each.points.map(({ value }) => value),
    }));
    return { ...frame(values, categories), series: [gaps(data, categories), ...columns] };
  }

  const frame = (values, categories) => ({
    animation: false,
    grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
    xAxis: [categories, { ...categories, show: false }],
    yAxis: [values, { type: "value", show: false, min: 0, max: 1 }],
  });

  function barsAcross(data, unit) {
    const { values, categories } = axes(data, unit);
    const { points } = data.series[0];
    const bracketed = document.documentElement.lang.startsWith("zh") ? (text) => `（${text}）` : (text) => ` (${text})`;
    const step = (place) => (points[place].value === null ? bracketed(points[place].gap) : "");
    categories.axisLabel.formatter = (name, place) => `${name}${step(place)}`;
    return {
      animation: false,
      grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
      xAxis: { ...values, position: "top" },
      yAxis: { ...categories, inverse: true },
      series: [{
        type: "bar",
        name: data.series[0].name,
        silent: true,
        barMaxWidth: 18,
        itemStyle: { color: hues[0] },
        label: { ...words, show: true, position: "right", color: ink,
          formatter: unit === "%" ? "{c}%" : "{c}" },
        data: points.map(({ value }) => value),
      }],
    };
  }

  /* Names at the ends of lines are pushed apart, and leave room at the right. */
  function spread(chart, option, data) {
    const ends = data.series.slice(0, HUES).flatMap((each, place) => {
      const at = each.points.findLastIndex(({ value }) => value !== null);
      return at < 0 ? [] : [{ place, at, y: chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [at, each.points[at].value])[1] }];
    });
    for (const column of new Set(ends.map(({ at }) => at))) {
      const here = ends.filter(({ at }) => at === column).sort((one, other) => one.y - other.y);
      const ys = here.map(({ y }) => y);
      for (let n = 1; n < ys.length; n++) ys[n] = Math.max(ys[n], ys[n - 1] + LABEL_HEIGHT);
      // The lowest stays above the axis, and pushes the others up.
      const floor = chart.convertToPixel({ yAxisIndex: 0 }, option.yAxis[0].min) - LABEL_HEIGHT / 2;
      for (let n = ys.length - 1; n >= 0; n--) ys[n] = Math.min(ys[n], n === ys.length - 1 ? floor : ys[n + 1] - LABEL_HEIGHT);
      here.forEach((end, n) => {
        option.series[end.place + 1].data[end.at].label.offset = [0, ys[n] - end.y];
      });
    }
    chart.setOption({ series: option.series });
  }

  function draw(figure) {
    const place = figure.querySelector(".chart-canvas");
    const data = read(figure);
    const unit = figure.dataset.unit;
    if (!data.series.some(({ points }) => points.some(({ value }) => value !== null))) {
      const none = document.createElement("p");
      none.className = "chart-none";
      none.textContent = figure.dataset.none || "";
      place.replaceChildren(none);
      return;
    }
    const chart = echarts.init(place, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio) });
    const kind = figure.dataset.chart;
    const option = { lines, bars, "bars-across": barsAcross }[kind](data, unit);
    if (kind === "lines") {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = `${size}px ${words.fontFamily}`;
      const widest = Math.max(...data.series.slice(0, HUES).map(({ name }) => pen.measureText(name).width));
      // Half a category stands free behind the last point.
      const free = (place.clientWidth - widest) / data.categories.length / 2;
      option.grid.right = Math.max(16, Math.min(widest + 24 - free, place.clientWidth * 0.4));
    }
    chart.setOption(option);
    if (kind === "lines") spread(chart, option, data);
    new ResizeObserver(() => {
      chart.resize();
      if (kind === "lines") spread(chart, option, data);
    }).observe(place);
  }

  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
})();
