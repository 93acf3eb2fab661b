-- What a user of Neovim's own client sees, who has configured it as docs/editors.md says.
local configuration, file, report = vim.env.CONFIGURATION, vim.env.PROGRAM, vim.env.REPORT
local told = {}
local PATIENCE = 240000

local function note(key, value)
  told[key] = value
end

local function wait_for(what, look)
  if not vim.wait(PATIENCE, look, 50) then
    note('missing', what)
  end
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function work()
  vim.cmd('filetype on')
  dofile(configuration)
  vim.cmd.edit(file)
  wait_for('a diagnostic', function() return #diagnostics() == 1 end)
  local found = diagnostics()[1]
  note('diagnostic', { code = found.code, line = found.lnum, message = found.message })

  wait_for('hints', function() return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0 end)
  local hints = {}
  for _, each in ipairs(vim.lsp.inlay_hint.get({ bufnr = 0 })) do
    hints[tostring(each.inlay_hint.position.line)] = each.inlay_hint.label
  end
  note('hints', hints)

  vim.api.nvim_win_set_cursor(0, { found.lnum, 4 })
  vim.lsp.buf.hover()
  local function popup()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end
  end
  wait_for('hover', function() return popup() ~= nil end)
  note('hover', popup())

  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local chosen
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      chosen = chosen or (vim.startswith(action.title, 'Repair: ') and action.title)
      return action.title == chosen
    end,
  })
  wait_for('a clean file', function() return #diagnostics() == 0 end)
  note('action', chosen)
  note('text', table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'))
end

local ok, problem = xpcall(work, debug.traceback)
if not ok then
  note('problem', problem)
end
vim.fn.writefile({ vim.json.encode(told) }, report)
vim.cmd('qall!')
