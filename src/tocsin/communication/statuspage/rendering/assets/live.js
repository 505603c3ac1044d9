/* The page is complete without this. It adds: the reader's own times and ages, a keyboard for the
   bar strips, light or dark by choice, and the news as it comes. Hints carry no data: whenever one
   arrives, page.json says whether anything changed, and the fresh HTML replaces the stale part. */
(() => {
  "use strict";

  const root = document.documentElement;
  const language = root.lang === "en" ? "en-GB" : root.lang;
  const { zone } = root.dataset;
  const THEMES = ["auto", "light", "dark"];
  const KEY = "tocsin-theme";

  /* light and dark: before the first paint */

  const remembered = () => {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto";
    }
  };
  const wear = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  wear(remembered());

  const themeButton = () => {
    const button = document.querySelector("[data-theme-button]");
    let theme = remembered();
    const show = () => {
      button.textContent = button.dataset[theme];
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      wear(theme);
      show();
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        /* a browser that remembers nothing still obeys for this page */
      }
    });
    show();
  };

  /* times */

  const wall = (at, timeZone) =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);
  const clock = (at, timeZone) =>
    new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
  const day = (at, timeZone) =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle: "short" }).format(at);
  const dated = (at, timeZone) =>
    new Intl.DateTimeFormat(language, {
      timeZone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
    }).format(at);

  const yours = (at, until) => {
    const start = day(at) === day(at, zone) ? clock(at) : dated(at);
    return until ? `${start} – ${day(at) === day(until) ? clock(until) : dated(until)}` : start;
  };

  const addReadersTime = (within) => {
    const words = document.querySelector("[data-text-yours]")?.dataset.textYours;
    for (const time of within.querySelectorAll("main time, time")) {
      const at = new Date(time.dateTime);
      time.title = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" }).format(at);
      if (!words || time.closest(".steps") || wall(at) === wall(at, zone)) continue;
      const until = time.dataset.until ? new Date(time.dataset.until) : null;
      const added = document.createElement("span");
      added.className = "yours";
      added.textContent = ` (${words.replace("{time}", yours(at, until))})`;
      time.after(added);
    }
  };

  const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

  const age = (seconds, style) => {
    const format = new Intl.RelativeTimeFormat(language, { style, numeric: "always" });
    const [unit, size] = UNITS.find(([, size], index) => seconds >= size * (index < 2 ? 2 : 1)) || ["second", 1];
    return format.format(-Math.floor(seconds / size), unit);
  };

  const length = (seconds) => {
    const parts = [];
    let rest = Math.max(seconds, 60);
    for (const [unit, size] of UNITS) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count) {
        const format = { style: "unit", unit, unitDisplay: "long" };
        parts.push(new Intl.NumberFormat(language, format).format(count));
      }
    }
    return parts.slice(0, 2).join(" ");
  };

  const since = (instant) => Math.max(0, Math.floor((Date.now() - new Date(instant)) / 1000));

  const tellAges = () => {
    for (const place of document.querySelectorAll("[data-ago]")) {
      place.textContent = age(since(place.dataset.ago), place.dataset.style);
    }
    for (const place of document.querySelectorAll("[data-lasting]")) {
      const words = place.querySelector("[data-since]");
      words.textContent = words.dataset.lastingText.replace("{duration}", length(since(words.dataset.since)));
      place.hidden = false;
    }
  };

  /* bar strips: one stop for Tab, arrows from day to day, the day in words */

  const strip = (list) => {
    const bars = [...list.children];
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    list.parentElement.append(tip);
    let current = bars.length - 1;

    const shown = () => bars.filter((bar) => bar.offsetWidth > 0);
    const point = (bar) => {
      tip.textContent = bar.getAttribute("aria-label");
      tip.hidden = false;
      const room = list.clientWidth - tip.offsetWidth;
      const middle = bar.offsetLeft + bar.offsetWidth / 2 - tip.offsetWidth / 2;
      tip.style.left = `${Math.max(0, Math.min(room, middle))}px`;
      tip.style.bottom = `${list.parentElement.clientHeight - list.offsetTop + 6}px`;
    };
    const choose = (index) => {
      bars[current].setAttribute("aria-selected", "false");
      current = index;
      bars[current].setAttribute("aria-selected", "true");
      list.setAttribute("aria-activedescendant", bars[current].id);
      point(bars[current]);
    };
    const leave = () => {
      tip.hidden = true;
      bars[current].setAttribute("aria-selected", "false");
      list.removeAttribute("aria-activedescendant");
    };
    const step = (event) => {
      const visible = shown();
      const first = bars.indexOf(visible[0]);
      const last = bars.length - 1;
      const moves = {
        ArrowLeft: current - 1, ArrowRight: current + 1, PageUp: current - 7, PageDown: current + 7,
        Home: first, End: last,
      };
      if (event.key === "Escape") leave();
      if (!(event.key in moves)) return;
      event.preventDefault();
      choose(Math.max(first, Math.min(last, moves[event.key])));
    };

    list.setAttribute("aria-description", list.getAttribute("aria-label"));
    list.setAttribute("aria-label", list.dataset.strip);
    list.setAttribute("aria-orientation", "horizontal");
    list.setAttribute("role", "listbox");
    bars.forEach((bar, index) => {
      bar.id = `${list.id}-${index}`;
      bar.setAttribute("role", "option");
      bar.setAttribute("aria-selected", "false");
      bar.setAttribute("aria-label", bar.title);
      bar.removeAttribute("title");
      bar.addEventListener("pointerenter", () => point(bar));
      bar.addEventListener("click", () => choose(index));
    });
    list.addEventListener("focus", () => choose(current));
    list.addEventListener("blur", leave);
    list.addEventListener("keydown", step);
    list.addEventListener("pointerleave", () => {
      if (document.activeElement === list) point(bars[current]);
      else tip.hidden = true;
    });
  };

  /* the news */

  let etag = null;
  let rendered = root.dataset.rendered;
  let connection = "new";

  const tellPulse = () => {
    const pulse = document.querySelector("[data-pulse]");
    if (!pulse || connection === "new") return;
    pulse.dataset.state = connection;
    const words = connection === "live" ? pulse.dataset.textLive : pulse.dataset.textLost;
    const at = new Date(rendered);
    const today = day(at, zone) === day(new Date(), zone);
    const text = words.replace("{time}", today ? clock(at, zone) : dated(at, zone));
    pulse.querySelector("[data-pulse-text]").textContent =
      connection === "live" ? `${text}, ${age(since(rendered), "long")}` : text;
  };

  const enhance = (within) => {
    addReadersTime(within);
    for (const list of within.querySelectorAll("[data-strip]")) strip(list);
    tellAges();
    tellPulse();
  };

  const keyed = (within) => {
    const found = new Map();
    for (const item of within.querySelectorAll("[data-key]")) {
      const bare = item.cloneNode(true);
      for (const added of bare.querySelectorAll(".ago, .yours, .tip")) added.remove();
      found.set(item.dataset.key, bare.textContent.replace(/\s+/g, " "));
    }
    return found;
  };

  const twin = (focused, within) => {
    if (focused.id) return document.getElementById(focused.id);
    const href = focused.getAttribute("href");
    return href ? [...within.querySelectorAll("a")].find((link) => link.getAttribute("href") === href) : null;
  };

  const replace = (stale, fresh) => {
    const before = keyed(stale);
    const focused = stale.contains(document.activeElement) ? document.activeElement : null;
    const news = fresh.dataset.announce;
    const isNews = news && news !== stale.dataset.announce;
    stale.replaceWith(fresh);
    for (const [key, text] of keyed(fresh)) {
      if (before.get(key) === text) continue;
      fresh.querySelector(`[data-key="${CSS.escape(key)}"]`).classList.add("changed");
    }
    enhance(fresh);
    if (focused) (twin(focused, fresh) || document.getElementById("main")).focus({ preventScroll: true });
    if (isNews) document.querySelector("[data-announcer]").textContent = news;
  };

  const takeFreshPage = async () => {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-fresh]");
    const stale = document.querySelector("[data-fresh]");
    if (!fresh || !stale) return;
    document.title = page.title;
    root.dataset.digest = page.documentElement.dataset.digest;
    replace(stale, document.adoptNode(fresh));
  };

  const refresh = async () => {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(root.dataset.json, { headers, cache: "no-store" });
    if (answer.status === 304) return;
    if (!answer.ok) throw new Error(`page.json answered ${answer.status}`);
    etag = answer.headers.get("ETag");
    const state = await answer.json();
    rendered = state.rendered_at;
    if (state.digest !== root.dataset.digest) await takeFreshPage();
    tellPulse();
  };

  /* Hints reach every reader at once; spread over a moment, the answers do not. */
  let waiting = null;
  const soon = (spread) => {
    waiting ??= setTimeout(async () => {
      waiting = null;
      try {
        await refresh();
      } catch {
        if (connection === "live") soon(10000);
      }
    }, Math.random() * spread);
  };

  let failures = 0;
  const connect = () => {
    const address = new URL(root.dataset.live, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      failures = 0;
      connection = "live";
      tellPulse();
      soon(500);
    });
    socket.addEventListener("message", () => soon(1500));
    socket.addEventListener("close", () => {
      if (connection === "live") connection = "lost";
      tellPulse();
      failures += 1;
      const pause = Math.min(30000, 1000 * 2 ** failures);
      setTimeout(connect, pause / 2 + Math.random() * pause);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    themeButton();
    enhance(document.body);
    setInterval(() => {
      tellAges();
      tellPulse();
    }, 15000);
    if (!document.querySelector("[data-fresh]")) return;
    connect();
    setInterval(() => {
      if (connection !== "live") soon(5000);
    }, 60000);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) soon(1000);
    });
  });
})();
