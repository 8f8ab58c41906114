// Keys: n and p to the next and previous flag of a page, j and k between changes, / to the search. Nothing needs them.
"use strict";
(function () {
  var at = -1;
  function typing(target) {
    return target.closest("input, select, textarea, [contenteditable]") !== null;
  }
  function step(selector, by) {
    var places = Array.prototype.slice.call(document.querySelectorAll(selector));
    if (!places.length) return;
    at = Math.min(Math.max(at + by, 0), places.length - 1);
    places[at].scrollIntoView({ block: "center" });
    places[at].focus({ preventScroll: true });
  }
  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) link.click();
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    var onChange = document.querySelector(".redline") !== null;
    if (event.key === "n") step(onChange ? ".row.flagged" : ".flagged-change", 1);
    else if (event.key === "p") step(onChange ? ".row.flagged" : ".flagged-change", -1);
    else if (event.key === "j") follow("a.older, a[rel=next]");
    else if (event.key === "k") follow("a.newer");
    else if (event.key === "/") follow("nav a[href$='/search']");
    else return;
    event.preventDefault();
  });
})();
