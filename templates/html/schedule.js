// 两件事：点一格看理由；按名字找。没有脚本时，格子是到“逐条理由”的链接，页面照样能读。
(function () {
  'use strict';

  var dialog = document.getElementById('why');
  var body = document.getElementById('why-body');
  var find = document.getElementById('find');
  var found = document.getElementById('found');

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  // ---- 理由 ----

  function article(link) {
    return document.getElementById(decodeURIComponent(link.slice(1)));
  }

  function show(link) {
    var source = link.length > 1 && article(link);
    if (!source || source.tagName !== 'ARTICLE' || !dialog.showModal) {
      return false;
    }
    var copy = source.cloneNode(true);
    copy.removeAttribute('id');
    copy.querySelector('h4').id = 'why-title';
    body.replaceChildren(copy);
    if (!dialog.open) {
      dialog.showModal();
    }
    return true;
  }

  document.addEventListener('click', function (event) {
    var link = event.target.closest('a[href^="#"]');
    if (link && show(link.getAttribute('href'))) {
      event.preventDefault();
    }
  });
  dialog.addEventListener('click', function (event) {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  document.getElementById('close').addEventListener('click', function () {
    dialog.close();
  });
  show(location.hash);

  // ---- 方向键在时间轴上走，空格和回车一样 ----

  var grid = all('.timeline tbody tr').map(function (row) {
    return all('td', row).map(function (cell) {
      return cell.querySelector('a');
    });
  });
  var steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function next(from, step) {
    var cell = from.closest('td');
    var row = cell.parentNode.sectionRowIndex + step[0];
    var column = cell.cellIndex - 1 + step[1];
    while (grid[row] && column >= 0 && column < grid[row].length) {
      if (grid[row][column] && grid[row][column].offsetParent) {
        return grid[row][column];
      }
      row += step[0];
      column += step[1];
    }
    return null;
  }

  document.addEventListener('keydown', function (event) {
    var cell = event.target.closest && event.target.closest('.timeline a');
    if (!cell) {
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      cell.click();
    } else if (steps[event.key]) {
      var target = next(cell, steps[event.key]);
      event.preventDefault();
      if (target) {
        target.focus();
      }
    }
  });

  // ---- 找 ----

  function plain(text) {
    return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  }

  function has(element, word) {
    return plain(element.getAttribute('data-find') || '').indexOf(word) >= 0;
  }

  function search() {
    var word = plain(find.value);
    var counts = { departments: 0, postings: 0, idle: 0 };
    all('.timeline tbody tr').forEach(function (row) {
      var cells = all('a', row);
      var hits = cells.filter(function (cell) {
        return has(cell, word);
      });
      var named = has(row, word);
      row.hidden = Boolean(word) && !named && !hits.length;
      cells.forEach(function (cell) {
        cell.classList.toggle('hit', Boolean(word) && hits.indexOf(cell) >= 0);
      });
      counts.departments += row.hidden ? 0 : 1;
    });
    all('.list tbody').forEach(function (group) {
      var rows = all('tr[data-find]', group);
      rows.forEach(function (row) {
        row.hidden = Boolean(word) && !has(row, word);
        counts.postings += row.hidden ? 0 : 1;
      });
      group.hidden = rows.every(function (row) {
        return row.hidden;
      });
    });
    all('.idle span').forEach(function (name) {
      name.hidden = Boolean(word) && !has(name, word);
      counts.idle += name.hidden ? 0 : 1;
    });
    found.textContent = word ? told(counts) : '';
  }

  function told(counts) {
    if (counts.departments || counts.postings) {
      return counts.departments + ' 个科室，' + counts.postings + ' 段派驻';
    }
    return counts.idle ? '这些科室没有轮到' : '没有找到，换一个名字试试';
  }

  find.addEventListener('input', search);
  find.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') {
      find.value = '';
      search();
    }
  });
  find.form.addEventListener('submit', function (event) {
    event.preventDefault();
  });
  search();
})();
