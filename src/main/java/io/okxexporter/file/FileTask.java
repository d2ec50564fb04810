package io.okxexporter.file;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A task that looks at files, one after another. */
final class FileTask<T> extends FutureTask<T> {
  private final Supplier<Path> at;
  private final Consumer<FileTask<?>> ended;

  /**
   * @param at which file it is at
   * @param ended hears of the end, once
   */
  FileTask(Callable<T> task, Supplier<Path> at, Consumer<FileTask<?>> ended) {
    super(task);
    this.at = at;
    this.ended = ended;
  }

  Path at() {
    return at.get();
  }

  @Override
  protected void done() {
    ended.accept(this);
  }
}
